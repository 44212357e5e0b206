/** What the sidecar can be told. */
package dev.portcullis.sidecar.options;
