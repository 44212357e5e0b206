/** The product: reads, checks, stores and decides AWS IAM JSON policies. */
module dev.portcullis.engine {
    requires dev.portcullis.grammar;
    requires transitive org.agrona;
    requires org.antlr.antlr4.runtime;

    exports dev.portcullis;
    exports dev.portcullis.policy;
}
