package dev.portcullis.sidecar.live;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Tells states of files apart by size, times and identity. */
public final class Fingerprint {

    private static final int DEPTH = 3;

    private Fingerprint() {}

    /** Of files and of folders with what is in them; a missing one counts as such. */
    public static String of(Collection<Path> paths) throws IOException {
        Map<String, String> prints = new TreeMap<>();
        for (Path path : paths) {
            add(path, DEPTH, prints);
        }
        return prints.toString();
    }

    private static void add(Path path, int depth, Map<String, String> prints) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            prints.put(path.toString(), "absent");
            return;
        }
        if (attributes.isDirectory()) {
            if (depth > 0) {
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                    for (Path entry : entries) {
                        add(entry, depth - 1, prints);
                    }
                }
            }
            return;
        }
        prints.put(
                path.toString(),
                attributes.size() + " " + attributes.lastModifiedTime() + " " + changed(path) + " "
                        + attributes.fileKey());
    }

    /** When the inode changed, which nobody can set back; where the file system doesn't tell, nothing. */
    private static String changed(Path path) throws IOException {
        try {
            return String.valueOf(Files.getAttribute(path, "unix:ctime"));
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }
}
