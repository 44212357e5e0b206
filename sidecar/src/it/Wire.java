import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An HTTP/1.1 client of one connection, which it keeps: what the server does to that isn't hidden by trying again. */
final class Wire {

    private Socket socket;
    private int port;

    String send(int to, String request, String body) throws IOException {
        try {
            if (socket == null || port != to) {
                close();
                socket = new Socket(InetAddress.getLoopbackAddress(), to);
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(60_000);
                port = to;
            }
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            OutputStream out = socket.getOutputStream();
            // Head and body apart, as most clients send them.
            out.write((request + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: "
                    + content.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(content);
            return answer(socket.getInputStream());
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static String answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended after " + head.length() + " characters of the answer");
            }
            head.append((char) next);
        }
        int length = Integer.parseInt(head.toString().replaceAll("(?is).*\\r\\ncontent-length: *(\\d+)\\r\\n.*", "$1"));
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new IOException("half an answer");
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
