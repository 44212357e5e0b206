/** Certificates that can be replaced while connections come in. */
package dev.portcullis.sidecar.tls;
