package dev.portcullis.compile;

import dev.portcullis.automaton.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The services and actions of an automaton that is added to. Immutable once made. */
final class KnownActions implements ActionNames {

    private final Map<String, Integer> services = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<List<String>> actions = new ArrayList<>();
    private final List<Map<String, Integer>> places = new ArrayList<>();

    KnownActions(Vocabulary vocabulary) {
        for (int service = 0; service < vocabulary.serviceCount(); service++) {
            String name = vocabulary.service(service);
            services.put(name, service);
            names.add(name);
            actions.add(new ArrayList<>());
            places.add(new HashMap<>());
        }
        for (int action = 0; action < vocabulary.actionCount(); action++) {
            String folded = vocabulary.action(action);
            int service = vocabulary.actionWord(action) >>> 16;
            int place = vocabulary.actionWord(action) & 0xFFFF;
            String name = folded.substring(folded.indexOf(':') + 1);
            List<String> ofService = actions.get(service);
            while (ofService.size() <= place) {
                ofService.add("");
            }
            ofService.set(place, name);
            places.get(service).put(name, place);
        }
    }

    @Override
    public int service(String service) {
        return services.getOrDefault(service, UNKNOWN);
    }

    @Override
    public String serviceName(int service) {
        return names.get(service);
    }

    @Override
    public List<String> actions(int service) {
        return actions.get(service);
    }

    @Override
    public int place(int service, String action) {
        return places.get(service).getOrDefault(action, UNKNOWN);
    }
}
