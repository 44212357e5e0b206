package dev.portcullis.sidecar.decision;

import dev.portcullis.Engine;
import dev.portcullis.Store;

/**
 * Policies in force.
 *
 * @param engine them, compiled
 * @param store them, as loaded
 */
public record Policies(Engine engine, Store store) {}
