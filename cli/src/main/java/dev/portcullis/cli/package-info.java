/** The commands. */
package dev.portcullis.cli;
