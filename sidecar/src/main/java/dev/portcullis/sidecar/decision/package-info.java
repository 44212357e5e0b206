/** Questions in, decisions out: what every protocol shares. */
package dev.portcullis.sidecar.decision;
