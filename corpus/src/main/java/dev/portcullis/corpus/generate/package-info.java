/** Seeded generators of policies, stores and requests: the same output for the same seed on every machine and JDK. */
package dev.portcullis.corpus.generate;
