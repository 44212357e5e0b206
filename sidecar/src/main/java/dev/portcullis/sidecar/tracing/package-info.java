/** Decisions as spans of OpenTelemetry traces. */
package dev.portcullis.sidecar.tracing;
