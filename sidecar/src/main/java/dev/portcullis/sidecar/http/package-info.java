/** HTTP/1.1 and HTTP/2 on Netty: connections in, {@link dev.portcullis.sidecar.http.HttpEndpoint endpoints} asked, answers out. */
package dev.portcullis.sidecar.http;
