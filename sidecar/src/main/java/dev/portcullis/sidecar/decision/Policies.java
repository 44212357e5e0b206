package dev.portcullis.sidecar.decision;

import dev.portcullis.Engine;
import dev.portcullis.Store;
import java.util.Optional;

/**
 * Policies in force.
 *
 * @param engine them, compiled
 * @param store them, as loaded; empty when they come from an image
 */
public record Policies(Engine engine, Optional<Store> store) {}
