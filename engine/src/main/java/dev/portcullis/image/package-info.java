/** The saved form of a compiled engine. */
package dev.portcullis.image;
