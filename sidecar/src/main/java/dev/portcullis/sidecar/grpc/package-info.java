/** gRPC: its server, messages as bytes, and the health service. */
package dev.portcullis.sidecar.grpc;
