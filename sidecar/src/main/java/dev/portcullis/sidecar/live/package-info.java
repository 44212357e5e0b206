/** What can be replaced while the sidecar runs: loaded aside, swapped in one step, the old one kept when the new is bad. */
package dev.portcullis.sidecar.live;
