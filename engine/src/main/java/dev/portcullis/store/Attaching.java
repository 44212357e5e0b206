package dev.portcullis.store;

import dev.portcullis.policy.PolicyType;
import dev.portcullis.store.Draft.Word;
import java.util.List;

/** Takes note of who names which policies. */
interface Attaching {

    /** Notes that {@code holder} names the policies; gives their names, each once. */
    List<String> attach(List<Word> policies, PolicyType type, String holder);
}
