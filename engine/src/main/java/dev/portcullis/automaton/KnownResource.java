package dev.portcullis.automaton;

/** A resource that was read once: its fields and its guard. Immutable once made, shared by all threads. */
public final class KnownResource {

    final String text;
    final boolean everything;
    /** The five colons that end the first five fields, from the start of the text. */
    final int[] colons;

    final int moreColons;
    final long head;
    final long account;
    final Guard guard;

    /** The resource as given. */
    public String text() {
        return text;
    }

    /** Whether resources that cover it disagree. */
    public boolean isAmbiguous() {
        return guard.otherPolicy >= 0 || guard.otherList >= 0 || guard.otherOwner >= 0;
    }

    KnownResource(String text, Resource resource, Frame frame, long account, Guard guard) {
        this.text = text;
        this.everything = resource.everything;
        this.colons = resource.colons().clone();
        for (int i = 0; i < colons.length; i++) {
            colons[i] -= resource.start;
        }
        this.moreColons = everything ? 0 : resource.moreColons(frame);
        this.head = resource.head;
        this.account = account;
        this.guard = guard;
    }
}
