/** The doors: a {@link dev.portcullis.Store} of policies goes in, decisions and their explanations come out. */
package dev.portcullis;
