/**
 * Realistic stores and requests of any size, made up from a seed: {@link dev.portcullis.corpus.synthetic.SyntheticStore}.
 * The same seed gives the same bytes on every machine and JDK, and each policy, principal and request can be had without
 * those before it. What they hold is drawn as the policies that AWS publishes have it; {@link
 * dev.portcullis.corpus.synthetic.Description} shows both side by side.
 */
package dev.portcullis.corpus.synthetic;
