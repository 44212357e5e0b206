/** Envoy's external authorization, version 3. */
package dev.portcullis.sidecar.envoy;
