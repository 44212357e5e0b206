/** Text to checked model; the only package that sees ANTLR. */
package dev.portcullis.syntax;
