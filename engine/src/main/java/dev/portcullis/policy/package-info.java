/**
 * The words of the IAM policy language: what a checked policy document says, where it says it, and what is wrong with
 * it. Records, enums and sealed interfaces only; depends on nothing but {@code java.base}.
 */
package dev.portcullis.policy;
