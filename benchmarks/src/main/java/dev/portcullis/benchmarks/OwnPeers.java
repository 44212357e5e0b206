package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.corpus.reference.ReferenceEvaluator;
import dev.portcullis.corpus.reference.ReferencePolicy;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ourselves, what anybody could write instead, and the reference, as {@link Peer}s. All find a request's principal themselves. */
final class OwnPeers {

    private OwnPeers() {}

    private abstract static class Own<R> implements Peer<R> {

        @Override
        public String version() {
            return "";
        }

        @Override
        public boolean findsPrincipal() {
            return true;
        }

        @Override
        public boolean twoValued() {
            return false;
        }

        @Override
        public boolean expresses(Rule rule) {
            return true;
        }
    }

    /** From Strings: unlike the others it has nothing prepared, filling the request is timed. */
    static final class Portcullis extends Own<Ask> {

        @Override
        public Loaded<Ask> load(List<Owner> owners) {
            Engine engine = Engine.compile(PeerView.store(owners));
            Request request = engine.newRequest();
            return new Loaded<>() {

                @Override
                public Ask request(Ask ask) {
                    return ask;
                }

                @Override
                public Decision decide(Ask ask) {
                    return engine.decide(PeerView.fill(request, ask));
                }
            };
        }
    }

    /** The walk over the statements of the principal. */
    static final class Walk extends Own<Ask> {

        @Override
        public Loaded<Ask> load(List<Owner> owners) {
            Map<String, Rule[]> rules = new HashMap<>();
            owners.forEach(owner -> rules.put(owner.principal(), owner.rules()));
            return new Loaded<>() {

                @Override
                public Ask request(Ask ask) {
                    return ask;
                }

                @Override
                public Decision decide(Ask ask) {
                    return Naive.decide(rules.get(ask.principal()), ask);
                }
            };
        }
    }

    /** The fifty-line index of the statements of the principal. */
    static final class Index extends Own<Ask> {

        @Override
        public Loaded<Ask> load(List<Owner> owners) {
            Map<String, Indexed> indexes = new HashMap<>();
            owners.forEach(owner -> indexes.put(owner.principal(), new Indexed(owner.rules())));
            return new Loaded<>() {

                @Override
                public Ask request(Ask ask) {
                    return ask;
                }

                @Override
                public Decision decide(Ask ask) {
                    return indexes.get(ask.principal()).decide(ask);
                }
            };
        }
    }

    /** The slow evaluator that everything of ours must equal. */
    static final class Reference extends Own<Situation> {

        @Override
        public Loaded<Situation> load(List<Owner> owners) {
            Map<String, List<ReferencePolicy>> policies = new HashMap<>();
            for (Owner owner : owners) {
                List<ReferencePolicy> read = new ArrayList<>();
                for (List<Rule> policy : owner.policies()) {
                    read.add(ReferencePolicy.read(
                            "p" + read.size(), PolicyType.IDENTITY, Rule.document(policy), Map.of()));
                }
                policies.put(owner.principal(), List.copyOf(read));
            }
            return new Loaded<>() {

                @Override
                public Situation request(Ask ask) {
                    String[] words = ask.principal().split(":", -1);
                    Situation.Builder situation = Situation.builder()
                            .principal(ask.principal())
                            .action(ask.action())
                            .resource(ask.resource(), words[4])
                            .identityPolicies(policies.get(ask.principal()));
                    for (int i = 0; i < ask.keys().length; i++) {
                        situation.context(ask.keys()[i], ask.values()[i]);
                    }
                    if (!ask.tagKeys().isEmpty()) {
                        situation.contextValues(Ask.TAG_KEYS, ask.tagKeys().toArray(String[]::new));
                    }
                    return situation.build();
                }

                @Override
                public Decision decide(Situation situation) {
                    return ReferenceEvaluator.decide(situation);
                }
            };
        }
    }
}
