package dev.portcullis.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of a test. */
record Documents(Path folder) {

    static final String READ = """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Sid": "Read",
                  "Effect": "Allow",
                  "Action": "s3:GetObject",
                  "Resource": "arn:aws:s3:::b/${aws:username}/*"
                },
                {
                  "Effect": "Deny",
                  "Action": "s3:*",
                  "Resource": "*",
                  "Condition": { "Bool": { "aws:SecureTransport": "false" } }
                }
              ]
            }
            """;

    /** Writes a file; returns its path as an argument. */
    String write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text with this folder's path taken out. */
    String relative(String text) {
        return text.replace(folder + "/", "");
    }
}
