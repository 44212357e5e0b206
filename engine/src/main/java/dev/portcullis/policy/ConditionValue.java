package dev.portcullis.policy;

/**
 * One value of a condition. Numbers and Booleans are kept as the text they were written with (rule L17).
 *
 * @param text the value, split into segments as its operator reads it
 * @param span the value, with its quotes if it has them
 */
public record ConditionValue(TextPattern text, Span span) {}
