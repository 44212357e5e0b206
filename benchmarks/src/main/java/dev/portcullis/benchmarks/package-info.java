/** What a decision costs, beside what anybody could write instead and beside what the machine can do at best. */
package dev.portcullis.benchmarks;
