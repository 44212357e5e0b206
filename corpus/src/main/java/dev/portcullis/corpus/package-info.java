/** Cases, seed documents and what runs them. */
package dev.portcullis.corpus;
