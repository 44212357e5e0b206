/** What the sidecar tells its operator. */
package dev.portcullis.sidecar.log;
