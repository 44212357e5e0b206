/**
 * One command runs named sets of benchmarks, keeps their raw results and writes the tables and plots of the documentation from
 * them; another compares two results.
 */
package dev.portcullis.benchmarks.report;
