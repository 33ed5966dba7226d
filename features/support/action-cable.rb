# A server of Rails' Action Cable, which the manual starts as a program; its heartbeats are short.

require 'action_cable'
require 'logger'
require 'puma'
require 'puma/server'

ActionCable::Server::Connections.send(:remove_const, :BEAT_INTERVAL)
ActionCable::Server::Connections::BEAT_INTERVAL = 0.1

class Connection < ActionCable::Connection::Base
  identified_by :name

  def connect
    self.name = request.params['name']
    reject_unauthorized_connection if name == 'Eve'
  end
end

class ChatChannel < ActionCable::Channel::Base
  def subscribed
    stream_from room
  end

  # What is sent without an action.
  def receive(data)
    say(data)
  end

  def say(data)
    ActionCable.server.broadcast(room, { message: "#{name}: #{data['message']}" })
  end

  def wave
    ActionCable.server.broadcast(room, { waving: name })
  end

  # The others are told once a client does not hear the room any more.
  def stop_all_streams
    super
    ActionCable.server.broadcast(room, { left: name })
  end

  def bye
    connection.close(reason: 'server_restart', reconnect: false)
  end

  private

  def room
    "chat in the #{params[:room]}"
  end
end

class StaffChannel < ActionCable::Channel::Base
  def subscribed
    reject
  end
end

class ClockChannel < ActionCable::Channel::Base
  periodically(every: 0.3) { transmit({ message: 'You are still there' }) }
end

ActionCable.server.config.tap do |config|
  config.cable = { 'adapter' => 'async' }
  config.connection_class = -> { Connection }
  config.disable_request_forgery_protection = true
  config.logger = Logger.new(IO::NULL)
end

server = Puma::Server.new(ActionCable.server)
server.add_tcp_listener('127.0.0.1', ENV.fetch('PORT').to_i)
server.run.join
