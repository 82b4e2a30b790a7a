package eu.sinusnode.server.attack;

import java.util.List;
import java.util.function.Supplier;

/**
 * A caller with an own patient, and the worlds that it must not be able to tell apart.
 *
 * @param token a fresh one each time; tokens live five minutes
 */
record Attacker(String name, Supplier<String> token, List<World> worlds) {

    Attacker {
        worlds = List.copyOf(worlds);
    }
}
