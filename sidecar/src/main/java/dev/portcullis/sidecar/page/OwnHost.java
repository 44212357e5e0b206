package dev.portcullis.sidecar.page;

import dev.portcullis.sidecar.http.ClientRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a browser calls the sidecar by a name that is its own: an address, {@code localhost}, or the host of its public
 * URL. Any other name may be a stranger's that he pointed here, so that his page counts as ours and reads the policies.
 */
final class OwnHost {

    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+\\]");
    private static final Pattern PORT = Pattern.compile(":[0-9]{0,5}$");

    private final Optional<String> publicHost;

    /** @param publicUrl the base URL that clients know */
    OwnHost(Optional<String> publicUrl) {
        this.publicHost = publicUrl.map(url -> URI.create(url).getHost()).map(host -> host.toLowerCase(Locale.ROOT));
    }

    /** Also when no host is named: then no browser asks. */
    boolean isNamedBy(ClientRequest request) {
        List<String> hosts = request.headers("host");
        return hosts.stream().allMatch(this::isOwn);
    }

    private boolean isOwn(String header) {
        String host = PORT.matcher(header.toLowerCase(Locale.ROOT)).replaceFirst("");
        return ADDRESS.matcher(host).matches()
                || host.equals("localhost")
                || host.endsWith(".localhost")
                || publicHost.filter(host::equals).isPresent();
    }
}
