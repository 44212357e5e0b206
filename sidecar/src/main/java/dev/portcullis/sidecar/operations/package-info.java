/** What operators and their machines ask: health, readiness, status, metrics. */
package dev.portcullis.sidecar.operations;
