/** Counters and histograms, and their text form for Prometheus. */
package dev.portcullis.sidecar.metrics;
