/** From a gateway's HTTP request to principal, action, resource and context, as one file says. */
package dev.portcullis.sidecar.mapping;
