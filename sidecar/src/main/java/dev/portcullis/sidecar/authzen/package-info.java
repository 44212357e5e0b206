/** OpenID AuthZEN Authorization API 1.0: evaluation, evaluations, search, metadata. */
package dev.portcullis.sidecar.authzen;
