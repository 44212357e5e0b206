package dev.portcullis.benchmarks;

import com.googlecode.aviator.runtime.function.FunctionUtils;
import com.googlecode.aviator.runtime.type.AviatorBoolean;
import com.googlecode.aviator.runtime.type.AviatorObject;
import dev.portcullis.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;
import org.casbin.jcasbin.util.function.CustomFunction;

/**
 * jCasbin: a line of policy for each statement, patterns by its regexMatch, deny overriding. It has no conditions: a function of
 * ours decides them, as {@link Naive} does.
 */
final class CasbinPeer implements Peer<Object[]> {

    private static final String MODEL = """
            [request_definition]
            r = sub, act, obj, context
            [policy_definition]
            p = sub, act, obj, conditions, eft
            [policy_effect]
            e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
            [matchers]
            m = r.sub == p.sub && regexMatch(r.act, p.act) && regexMatch(r.obj, p.obj) && holds(r.context, p.conditions)
            """;

    @Override
    public String version() {
        return "1.99.0";
    }

    @Override
    public boolean findsPrincipal() {
        return false;
    }

    @Override
    public boolean twoValued() {
        return true;
    }

    @Override
    public boolean expresses(Rule rule) {
        return true;
    }

    @Override
    public Loaded<Object[]> load(List<Owner> owners) {
        List<Rule> conditional = new ArrayList<>();
        List<List<String>> lines = new ArrayList<>();
        for (Owner owner : owners) {
            for (Rule rule : owner.rules()) {
                conditional.add(rule);
                String[] actions = Arrays.stream(rule.actions())
                        .map(action -> action.toLowerCase(Locale.ROOT))
                        .toArray(String[]::new);
                lines.add(List.of(
                        owner.principal(),
                        regex(actions),
                        regex(rule.resources()),
                        rule.tests().length == 0 ? "-" : String.valueOf(conditional.size() - 1),
                        rule.deny() ? "deny" : "allow"));
            }
        }
        Model model = new Model();
        model.loadModelFromText(MODEL);
        Enforcer enforcer = new Enforcer(model);
        enforcer.enableLog(false);
        enforcer.addFunction("holds", new Holds(conditional.toArray(Rule[]::new)));
        enforcer.addPolicies(lines.stream().distinct().toList());
        return new Lines(enforcer);
    }

    private static String regex(String... patterns) {
        List<String> each = new ArrayList<>();
        for (String pattern : patterns) {
            each.add(pattern.replaceAll("[.+()\\[\\]{}^$|\\\\]", "\\\\$0")
                    .replace("*", ".*")
                    .replace("?", "."));
        }
        return "^(" + String.join("|", each) + ")$";
    }

    private static final class Holds extends CustomFunction {

        private static final long serialVersionUID = 1;

        private final transient Rule[] rules;

        Holds(Rule... rules) {
            this.rules = rules;
        }

        @Override
        public String getName() {
            return "holds";
        }

        @Override
        public AviatorObject call(Map<String, Object> env, AviatorObject context, AviatorObject conditions) {
            String which = FunctionUtils.getStringValue(conditions, env);
            Ask ask = (Ask) FunctionUtils.getJavaObject(context, env);
            return AviatorBoolean.valueOf(which.equals("-") || Naive.conditions(rules[Integer.parseInt(which)], ask));
        }
    }

    private record Lines(Enforcer enforcer) implements Loaded<Object[]> {

        @Override
        public Object[] request(Ask ask) {
            return new Object[] {ask.principal(), ask.action().toLowerCase(Locale.ROOT), ask.resource(), ask};
        }

        @Override
        public Decision decide(Object[] request) {
            return enforcer.enforce(request) ? Decision.ALLOW : Decision.IMPLICIT_DENY;
        }
    }
}
