package dev.portcullis.benchmarks;

import dev.portcullis.ActionHandle;
import dev.portcullis.ContextKeyHandle;
import dev.portcullis.Engine;
import dev.portcullis.PrincipalHandle;
import dev.portcullis.Request;
import dev.portcullis.ResourceHandle;

/** What requests name, resolved once. For one thread. */
final class Handles {

    private final Ask[] asks;
    private final PrincipalHandle[] principals;
    private final ActionHandle[] actions;
    private final ResourceHandle[] resources;
    private final ContextKeyHandle[] keys;
    private final ContextKeyHandle tagKeys;

    Handles(Engine engine, Ask... asks) {
        this.asks = asks;
        principals = new PrincipalHandle[asks.length];
        actions = new ActionHandle[asks.length];
        resources = new ResourceHandle[asks.length];
        for (int i = 0; i < asks.length; i++) {
            principals[i] = engine.principal(asks[i].principal());
            actions[i] = engine.action(asks[i].action());
            resources[i] = engine.resource(asks[i].resource());
        }
        String[] names = asks[0].keys();
        keys = new ContextKeyHandle[names.length];
        for (int i = 0; i < names.length; i++) {
            keys[i] = engine.contextKey(names[i]);
        }
        tagKeys = engine.contextKey(Ask.TAG_KEYS);
    }

    /** Principal, action and keys from handles; resource and values from Strings. */
    Request fill(Request request, int number) {
        Ask ask = asks[number];
        return context(
                ask,
                request.clear()
                        .principal(principals[number])
                        .action(actions[number])
                        .resource(ask.resource()));
    }

    /** The resource from a handle, too. */
    Request fillAll(Request request, int number) {
        return context(
                asks[number],
                request.clear()
                        .principal(principals[number])
                        .action(actions[number])
                        .resource(resources[number]));
    }

    private Request context(Ask ask, Request filled) {
        String[] values = ask.values();
        for (int i = 0; i < values.length; i++) {
            filled.context(keys[i], values[i]);
        }
        return filled.contextValues(tagKeys, ask.tagKeys());
    }
}
