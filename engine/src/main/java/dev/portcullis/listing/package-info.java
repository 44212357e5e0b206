/** What stages of compiling made, for people and for tests: the same for the same policies, whatever the hash seed is. */
package dev.portcullis.listing;
