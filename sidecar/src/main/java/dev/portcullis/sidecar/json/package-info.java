/** JSON as strangers send it, and as they get it. */
package dev.portcullis.sidecar.json;
