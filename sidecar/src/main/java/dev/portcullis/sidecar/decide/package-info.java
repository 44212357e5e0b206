/** {@code POST /v1/decide}: Portcullis's own protocol. */
package dev.portcullis.sidecar.decide;
