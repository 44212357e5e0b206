/** The command line. */
module dev.portcullis.cli {
    requires dev.portcullis.corpus;
    requires dev.portcullis.engine;
    requires info.picocli;

    opens dev.portcullis.cli to
            info.picocli;
}
