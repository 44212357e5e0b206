package dev.portcullis.sidecar.mapping;

import java.util.Optional;

/** Where a request says who asks. Immutable. */
interface IdentitySource {

    /**
     * Who asks; empty when this credential isn't there, and the next source is asked.
     *
     * @throws MappingRefusal when it is there and isn't good
     */
    Optional<Identified> identify(GatewayRequest request) throws MappingRefusal;

    /** What the gateway sets, and strips from what clients send. */
    record Header(String name) implements IdentitySource {

        @Override
        public Optional<Identified> identify(GatewayRequest request) throws MappingRefusal {
            var values = request.headers(name);
            if (values.size() > 1) {
                throw MappingRefusal.unidentified("header `" + name + "` is there twice");
            }
            return values.isEmpty() || values.get(0).isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Identified(values.get(0), java.util.Map.of()));
        }
    }

    /** The client's verified certificate. */
    record ClientCertificate() implements IdentitySource {

        @Override
        public Optional<Identified> identify(GatewayRequest request) {
            return request.certificateName().map(name -> new Identified(name, java.util.Map.of()));
        }
    }
}
