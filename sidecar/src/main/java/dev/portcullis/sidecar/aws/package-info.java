/** AWS's own APIs, locally: IAM's policy simulator and STS's GetCallerIdentity, by the query protocol. */
package dev.portcullis.sidecar.aws;
