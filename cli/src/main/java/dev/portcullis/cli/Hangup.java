package dev.portcullis.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/** SIGHUP. The JDK's class for signals is no part of Java, so it is looked up, and where it is missing nothing happens. */
final class Hangup {

    private Hangup() {}

    /** Runs something at every SIGHUP from now on. */
    static void handle(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler run = (proxy, method, arguments) -> {
                if (method.getDeclaringClass() == Object.class) {
                    return method.getName().equals("hashCode")
                            ? 0
                            : method.getName().equals("equals") ? false : "SIGHUP";
                }
                action.run();
                return null;
            };
            Object proxy = Proxy.newProxyInstance(Hangup.class.getClassLoader(), new Class<?>[] {handler}, run);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // No such signal here, such as on Windows: files are watched all the same.
        }
    }
}
