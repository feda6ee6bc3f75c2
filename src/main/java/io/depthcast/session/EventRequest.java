package io.depthcast.session;

import io.depthcast.auth.Entitlements;
import io.depthcast.auth.Identity;
import io.depthcast.book.Instrument;
import io.depthcast.fanout.InstrumentDirectory;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Command;
import io.depthcast.wire.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client of server-sent events asks for, all at once.
 *
 * @param commands at most one per channel, of known symbols
 * @param client who asks: it gets what it may see of what it names
 * @param held the id of the last event that the client had, or 0:0
 */
public record EventRequest(Identity client, List<Command.Subscribe> commands, Version held) {
    public EventRequest {
        commands = List.copyOf(commands);
    }

    /** How many streams that makes. */
    public int streams(InstrumentDirectory directory) {
        return commands.stream()
                .mapToInt(command -> instruments(command, directory).size())
                .sum();
    }

    List<Instrument> instruments(Command.Subscribe command, InstrumentDirectory directory) {
        Entitlements entitlements = client.entitlements();
        if (Command.isEverySymbol(command.symbols())) {
            return directory.all().stream()
                    .filter(instrument -> entitlements.allows(command.channel().text(), instrument.symbol()))
                    .toList();
        }
        List<Instrument> found = new ArrayList<>(command.symbols().size());
        for (String symbol : command.symbols()) {
            Instrument instrument = directory.find(symbol);
            if (instrument != null) {
                found.add(instrument);
            }
        }
        return found;
    }

    /** The channel whose one stream an id is a version of: the only stream, or else the only book; null without either. */
    @Nullable
    Channel named(InstrumentDirectory directory) {
        boolean single = streams(directory) == 1;
        for (Command.Subscribe command : commands) {
            boolean only = instruments(command, directory).size() == 1;
            if (only && (single || command.channel() == Channel.BOOK)) {
                return command.channel();
            }
        }
        return null;
    }

    /** The command, going on where the client left off if it is of the channel that ids name. */
    Command.Subscribe resumed(Command.Subscribe command, InstrumentDirectory directory) {
        if (command.channel() != named(directory)) {
            return command;
        }
        String symbol = instruments(command, directory).get(0).symbol();
        return command.resuming(Map.of(symbol, held));
    }
}
