package eu.sinusnode.server.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks the same in every world and compares the answers. They may differ for a moment, as a page of results that is being
 * put together may; what tells the worlds apart does so each time it is asked.
 */
final class Oracle {

    private static final int TIMES = 3;

    private final String base;
    private final List<Secret> secrets;
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    Oracle(String base, List<Secret> secrets) {
        this.base = base;
        this.secrets = List.copyOf(secrets);
    }

    /**
     * @param leak what the answers tell; empty when they tell nothing
     * @param fleeting whether they differed once and not again
     */
    record Verdict(List<Exchange> exchanges, Optional<String> leak, boolean fleeting) {

        /** Whether the answers tell the worlds apart; a failure of the server is no answer. */
        boolean tells() {
            return leak().isPresent() && exchanges.stream().allMatch(exchange -> exchange.status() < 500);
        }

        /** Of the first world. */
        int status() {
            return exchanges.get(0).status();
        }
    }

    Verdict ask(Template template, Attacker attacker) {
        Verdict first = askOnce(template, attacker);
        if (first.leak().isEmpty()) {
            return first;
        }
        for (int i = 1; i < TIMES; i++) {
            Verdict again = askOnce(template, attacker);
            if (again.leak().isEmpty()) {
                return new Verdict(again.exchanges(), Optional.empty(), true);
            }
        }
        return first;
    }

    /** What {@code «fresh»} stands for: each time something else, since a create that was answered is not asked again. */
    static String fresh(int number) {
        return "fresh" + number;
    }

    private Verdict askOnce(Template template, Attacker attacker) {
        String token = attacker.token().get();
        List<Exchange> exchanges = new ArrayList<>();
        boolean asksFresh = template.toString().contains("«fresh»");
        int number = asksFresh ? asked.merge(attacker.name(), 1, Integer::sum) : 0;
        for (World world : attacker.worlds()) {
            World seen = asksFresh ? world.with(Map.of("fresh", fresh(number))) : world;
            exchanges.add(Exchange.of(template, seen, base, token));
        }
        return new Verdict(List.copyOf(exchanges), leak(exchanges), false);
    }

    private Optional<String> leak(List<Exchange> exchanges) {
        Exchange first = exchanges.get(0);
        for (Exchange exchange : exchanges) {
            if (exchange.status() >= 500) {
                return Optional.of(
                        "the server failed in world " + exchange.world().name() + ":\n" + exchange.raw());
            }
            Optional<String> canary = canary(exchange);
            if (canary.isPresent()) {
                return Optional.of("the answer in world " + exchange.world().name() + " holds " + canary.get() + ":\n"
                        + exchange.raw());
            }
            if (!exchange.shape().equals(first.shape())) {
                return Optional.of("world " + first.world().name() + " answers\n" + first.shape() + "\nand world "
                        + exchange.world().name() + " answers\n" + exchange.shape());
            }
        }
        return Optional.empty();
    }

    /** A secret value in an answer to a request that did not name it. */
    private Optional<String> canary(Exchange exchange) {
        return secrets.stream()
                .flatMap(secret -> secret.canaries().stream())
                .filter(value ->
                        exchange.raw().contains(value) && !exchange.asked().contains(value))
                .findFirst();
    }
}
