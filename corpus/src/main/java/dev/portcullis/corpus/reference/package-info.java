/**
 * A slow, obvious evaluator written straight from the numbered rules: the oracle that the engine must equal. It shares
 * no parsing, matching, operator or combining code with the engine, only its public words.
 */
package dev.portcullis.corpus.reference;
