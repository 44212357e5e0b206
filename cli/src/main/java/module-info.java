/** The command line. */
module dev.portcullis.cli {
    requires HdrHistogram;
    requires dev.portcullis.corpus;
    requires dev.portcullis.engine;
    requires dev.portcullis.sidecar;
    requires info.picocli;
    requires java.logging;
    requires jdk.unsupported;

    opens dev.portcullis.cli to
            info.picocli;
}
