/**
 * What a store says, read from where it stands (code, a directory, an account's authorization details) and checked as a
 * whole. Knows nothing of the doors in {@code dev.portcullis}, which wrap it.
 */
package dev.portcullis.store;
