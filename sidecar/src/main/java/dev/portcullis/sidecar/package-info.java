/** The sidecar's door: what it is told, and how it is started and stopped. */
package dev.portcullis.sidecar;
