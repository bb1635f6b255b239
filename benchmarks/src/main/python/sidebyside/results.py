"""Everything that one run brought, and the comparisons within it."""

from dataclasses import dataclass

OURS, LIMIT = "zeroftpd", "sendfile"


@dataclass(frozen=True)
class Results:
    date: str
    machine: dict
    mode: str
    servers: list
    workloads: list
    cells: dict  # workload key -> server name -> rounds.Cell

    def workload(self, key):
        return next((workload for workload in self.workloads if workload.key == key), None)

    def server(self, name):
        return next(server for server in self.servers if server.name == name)

    def cell(self, workload, server):
        return self.cells.get(workload, {}).get(server)

    def median(self, workload, server, figure):
        cell = self.cell(workload, server)
        return cell.median(figure) if cell is not None and cell.status == "ok" else None

    def best_peer(self, workload, figure):
        """(name, value) of the best server that is neither ours nor a limit."""
        values = []
        for server in self.servers:
            value = self.median(workload, server.name, figure.key)
            if not server.name.startswith(OURS) and not server.is_limit and value is not None:
                values.append((server.name, value))
        choose = min if figure.better == "lower" else max
        return choose(values, key=lambda pair: pair[1]) if values else None

    def ratio_to_peer(self, workload, figure):
        best = self.best_peer(workload, figure)
        return _ratio(self.median(workload, OURS, figure.key), best[1] if best else None)

    def ratio_to_limit(self, workload, figure):
        return _ratio(self.median(workload, OURS, figure.key), self.median(workload, LIMIT, figure.key))

    def client_note(self, workload, cores):
        """Says so where the load generator may have been what was measured."""
        names = []
        for server in self.servers:
            cell = self.cell(workload.key, server.name)
            if cell is None or not cell.client_share or cell.status != "ok":
                continue
            share = sorted(cell.client_share)[len(cell.client_share) // 2]
            one = workload.options.get("sessions", 1) == 1
            if share > (0.9 if one else 0.6 * cores):
                names.append(server.title)
        return f"The load generator was the bottleneck with {', '.join(names)}." if names else ""


def _ratio(ours, theirs):
    return ours / theirs if ours is not None and theirs else None
