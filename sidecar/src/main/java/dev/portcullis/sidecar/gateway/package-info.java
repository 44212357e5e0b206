/** {@code /authz}: for gateways that ask over HTTP. */
package dev.portcullis.sidecar.gateway;
