/** The page at {@code /}: asks a question and shows why it was answered so. */
package dev.portcullis.sidecar.page;
