package dev.zeroftpd.it.clients;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@link ClientMatrixIT} runs and what no client offers, as docs/clients.md shows it. Stateless. */
final class ClientTable {

    private ClientTable() {}

    /** The table of cells, then what is not offered, in Markdown. */
    static List<String> lines() {
        List<Client> clients = Clients.all();
        List<String> lines = new ArrayList<>();
        lines.add(row("job", clients.stream().map(Client::name)));
        lines.add(row("---", clients.stream().map(client -> ":-:")));
        for (Job job : Job.values()) {
            lines.add(row(job.title(), clients.stream().map(client -> client.offers(job) ? "yes" : "–")));
        }
        lines.add("");
        for (Client client : clients) {
            lines.addAll(notOffered(client));
        }
        return lines;
    }

    private static String row(String first, Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| " + first + " | ", " |"));
    }

    private static List<String> notOffered(Client client) {
        Map<String, List<Job>> byReason = client.notOffered().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        return byReason.entrySet().stream()
                .map(entry -> "- **" + client.name() + "** " + entry.getKey() + ": not "
                        + entry.getValue().stream().map(Job::title).collect(Collectors.joining("; not ")) + ".")
                .toList();
    }
}
